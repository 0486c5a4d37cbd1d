/** An option of a list to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}
