/** Where the client says what it does: methods, paths, statuses, durations and names of odd fields. Never a token or a body. */
export interface ApiLog {
  debug(text: string): void;
  warn(text: string): void;
}
