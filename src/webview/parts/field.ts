/** A field of a form, whatever it is made of. */
export interface Field {
  readonly element: HTMLElement;
  /** To the control that has to be corrected. */
  focus(): void;
  /** @param text undefined: nothing is wrong */
  setError(text: string | undefined): void;
}
