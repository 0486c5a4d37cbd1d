/** A field of a form. */
export interface Field {
  readonly element: HTMLElement;
  readonly label: string;
  /** Focuses the control that has the value. */
  focus(): void;
  /**
   * @param text undefined if the value is valid
   * @param warning about a valid value, in text fields
   */
  setError(text: string | undefined, warning?: string): void;
}

/** Focuses a field. Scrolls to it even while VS Code has the focus, as after a question. */
export function revealField(field: Field, focus = (): void => field.focus()): void {
  field.element.scrollIntoView({ block: 'nearest' });
  focus();
}
