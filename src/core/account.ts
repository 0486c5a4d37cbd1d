/** Identifies an account inside the extension. Created at random at the first sign-in, never derived from the token. */
export type AccountId = string;

/** `token`: VPS.org, with the person's API token. `sample`: the simulated API inside the extension. */
export type AccountKind = 'token' | 'sample';

/** An account without its token: safe to show and to log. */
export interface Account {
  readonly id: AccountId;
  /** Shown to the person: an e-mail address, a company or a typed name. */
  readonly label: string;
  /** Base URL that the token was entered for, without a slash at the end. Never changes. */
  readonly apiUrl: string;
  readonly kind: AccountKind;
}

/** The owner of a token, from `GET /account/me/`. */
export interface AccountOwner {
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly company: string | undefined;
  readonly tokenName: string | undefined;
}
