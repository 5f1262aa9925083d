import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const keyBytes = 32;
const saltBytes = 16;

/** A password as it is kept: salted and hashed. */
export interface HashedPassword {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Thrown when more passwords wait to be hashed than the limit allows. */
export class HasherBusyError extends Error {}

/**
 * Hashes passwords with Node's scrypt (RFC 7914), block size 8, in the thread pool.
 * @param log2N cost: memory and time double with each step
 * @param parallelization the p of scrypt; with log2N 14 and p 5 it is one of OWASP's equivalent recommendations
 * @param maxPending hashes that may run or wait at a time, as each takes much of a core
 */
export class PasswordHasher {
  private pending = 0;
  private readonly decoy: Promise<HashedPassword>;

  constructor(
    private readonly log2N: number,
    private readonly parallelization: number,
    private readonly maxPending: number,
  ) {
    this.decoy = this.hash(randomBytes(saltBytes).toString("hex"));
  }

  /** @throws HasherBusyError when too many wait already */
  async hash(password: string): Promise<HashedPassword> {
    const salt = randomBytes(saltBytes);
    return { salt, hash: await this.derive(password, salt) };
  }

  /**
   * Whether the password is the one that was kept. Takes the same time where there is none, so that an answer does
   * not tell which users exist.
   * @throws HasherBusyError when too many wait already
   */
  async verify(password: string, kept: HashedPassword | undefined): Promise<boolean> {
    const { salt, hash } = kept ?? (await this.decoy);
    const isSame = timingSafeEqual(hash, await this.derive(password, salt));
    return isSame && kept !== undefined;
  }

  private async derive(password: string, salt: Buffer): Promise<Buffer> {
    if (this.pending >= this.maxPending) throw new HasherBusyError();
    this.pending += 1;
    try {
      const cost = { N: 2 ** this.log2N, r: 8, p: this.parallelization, maxmem: 256 * 2 ** this.log2N * 8 };
      return await derive(password.normalize("NFKC"), salt, keyBytes, cost);
    } finally {
      this.pending -= 1;
    }
  }
}
