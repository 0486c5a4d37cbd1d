/** The Remote-SSH extensions, which all open `ssh-remote+...`, by the URI scheme of the editor that each is made for. */
const byScheme: Readonly<Record<string, string>> = {
  vscode: 'ms-vscode-remote.remote-ssh',
  'vscode-insiders': 'ms-vscode-remote.remote-ssh',
  cursor: 'anysphere.remote-ssh',
  windsurf: 'codeium.windsurf-remote-openssh',
  antigravity: 'google.antigravity-remote-openssh',
};

/** For every other editor: from Open VSX, for builds of VS Code without Microsoft's licence. */
const openExtension = 'jeanp413.open-remote-ssh';

export const remoteExtensions: readonly string[] = [
  ...new Set([...Object.values(byScheme), openExtension]),
];

/** The extension to offer in an editor. */
export function remoteExtensionFor(uriScheme: string): string {
  return Object.hasOwn(byScheme, uriScheme)
    ? (byScheme[uriScheme] ?? openExtension)
    : openExtension;
}
