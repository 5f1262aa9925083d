/** The ports at which the inbox answers in its container: its page, and the mail server of the receivers. */
export const inboxPorts = { http: 8025, smtp: 1025 } as const;
