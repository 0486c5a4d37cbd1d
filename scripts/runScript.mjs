import process from 'node:process';
import { pathToFileURL } from 'node:url';

/**
 * Whether a module is the script that was started, rather than imported.
 * @param {string} moduleUrl
 */
export function isMain(moduleUrl) {
  const script = process.argv[1];
  return script !== undefined && pathToFileURL(script).href === moduleUrl;
}

/**
 * Runs a script and sets the exit code. Prints the message of an error; its stack only with the environment variable DEBUG.
 * @param {() => Promise<number | void>} work resolves to the exit code, or to nothing for 0
 */
export async function runScript(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(process.env['DEBUG'] || !(error instanceof Error) ? error : error.message);
    process.exitCode = 1;
  }
}
