/**
 * Runs in the page before everything else: the theme, and the API that VS Code gives to a webview. What the page posts is
 * in `window.posted`, what it keeps outlives the page. A string, because the page does not have what tsx adds to functions.
 */
export function vscodeScript(variables: Readonly<Record<string, string>>): string {
  return `{
    window.posted = [];
    let acquired = false;
    window.acquireVsCodeApi = () => {
      if (acquired) throw new Error('The API was acquired before.');
      acquired = true;
      return {
        postMessage: (message) => void window.posted.push(JSON.parse(JSON.stringify(message))),
        getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
        setState: (state) => sessionStorage.setItem('kept', JSON.stringify(state)),
      };
    };
    document.addEventListener('readystatechange', () => {
      for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
        document.documentElement.style.setProperty(name, value);
      }
    });
  }`;
}
