/** Variables of a service whose accounts are made up: hashes that cost little, as a busy machine has no time for others. */
export const cheapPasswords = { PASSWORD_COST: "10", PASSWORD_PARALLELIZATION: "1" } as const;
