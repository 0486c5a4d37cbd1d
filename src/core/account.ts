/** Names an account inside the extension. Random, made at the first sign-in, never derived from the token. */
export type AccountId = string;

/** `token`: VPS.org itself, with a token of the person's. `sample`: the simulated API inside the extension. */
export type AccountKind = 'token' | 'sample';

/** An account without its token: safe to show, to log and to hand around. */
export interface Account {
  readonly id: AccountId;
  /** What the person sees: an e-mail address, a company, or what was typed. */
  readonly label: string;
  /** Base URL without a slash at the end, for which the token was entered; it never changes afterwards. */
  readonly apiUrl: string;
  readonly kind: AccountKind;
}

/** What `GET /account/me/` tells about the token's owner. */
export interface AccountOwner {
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly company: string | undefined;
  readonly tokenName: string | undefined;
  readonly permissions: readonly string[];
}
