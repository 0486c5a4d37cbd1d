/** Fills `{0}`, `{1}` and so on. What is filled in is not searched again, so a name may look like a placeholder. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/gu, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}
