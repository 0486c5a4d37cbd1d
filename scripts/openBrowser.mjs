import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Opens an address in the person's own browser, where there is a display. Never fails: the address is printed as well. The
 * browser is the person's, so it is not ended with the script.
 * @param {string} url
 */
export function openBrowser(url) {
  const command = opener(url);
  if (!command) return;
  const [program = '', ...args] = command;
  spawn(program, args, { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}

/**
 * @param {string} url
 * @returns {string[] | undefined}
 */
function opener(url) {
  if (process.env['CI']) return undefined;
  switch (process.platform) {
    case 'darwin':
      return ['open', url];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    default:
      return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open', url] : undefined;
  }
}
