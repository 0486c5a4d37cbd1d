/**
 * Tells the style sheet how high the bar with summary and buttons is. In narrow windows it lies over the lower end of the
 * page, and fields that get the focus must be scrolled to a place above it.
 */
export function keepFocusUncovered(bar: HTMLElement): void {
  const { style } = document.documentElement;
  new ResizeObserver(() => {
    style.setProperty('--summary-bar-height', `${bar.offsetHeight}px`);
  }).observe(bar);
}
