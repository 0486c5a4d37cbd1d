/**
 * A script that runs before the page's own: it sets the theme's variables and provides VS Code's API for webviews. Posted
 * messages are in `window.posted`; the persisted state survives a reload. It is a string, because tsx adds helpers to
 * functions that the page does not have.
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
        getState: () => JSON.parse(sessionStorage.getItem('persisted') ?? 'null') ?? undefined,
        setState: (state) => sessionStorage.setItem('persisted', JSON.stringify(state)),
      };
    };
    document.addEventListener('readystatechange', () => {
      for (const [name, value] of Object.entries(${JSON.stringify(variables)})) {
        document.documentElement.style.setProperty(name, value);
      }
    });
  }`;
}
