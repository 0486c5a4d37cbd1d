import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { describe, it } from 'mocha';
import ts from 'typescript';
import { plural } from '../../src/text/l10n.ts';

interface Text {
  /** `file:line`. */
  readonly place: string;
  /** Undefined if the text is not a literal, so that it cannot be extracted. */
  readonly key: string | undefined;
}

/** Whether the call is `l10n.t(...)` or `vscode.l10n.t(...)`. */
function isTextCall({ expression }: ts.CallExpression): boolean {
  return /^(?:vscode\.)?l10n\.t$/u.test(expression.getText());
}

/** The key that a text has in the bundle: the message, and its comment if it has one. */
function keyOf(argument: ts.Expression | undefined): string | undefined {
  if (argument && ts.isStringLiteralLike(argument)) {
    return argument.text;
  }
  if (!argument || !ts.isObjectLiteralExpression(argument)) {
    return undefined;
  }
  const property = (name: string): ts.Expression | undefined => {
    const found = argument.properties.find((each) => each.name?.getText() === name);
    return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  };
  const message = property('message');
  const comment = property('comment');
  if (!message || !ts.isStringLiteralLike(message)) {
    return undefined;
  }
  if (!comment) {
    return message.text;
  }
  const parts = ts.isArrayLiteralExpression(comment) ? comment.elements : [comment];
  const literals = [...parts].filter(ts.isStringLiteralLike);
  return literals.length === parts.length
    ? `${message.text}/${literals.map(({ text }) => text).join('')}`
    : undefined;
}

function textsOf(file: string, contents: string): readonly Text[] {
  const source = ts.createSourceFile(file, contents, ts.ScriptTarget.Latest, true);
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTextCall(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      texts.push({ place: `${file}:${line + 1}`, key: keyOf(node.arguments[0]) });
    }
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText().endsWith('l10n.t')) {
      texts.push({ place: `${file} (template)`, key: undefined });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, contents: readFileSync(join('src', file), 'utf8') }));
const texts = files.flatMap(({ file, contents }) => textsOf(file, contents));
const keys = [...new Set(texts.flatMap(({ key }) => key ?? []))].sort();

describe('texts', () => {
  it('are literals, so that they can be extracted', () => {
    assert.ok(texts.length > 100);
    assert.deepEqual(
      texts.filter(({ key }) => key === undefined).map(({ place }) => place),
      [],
    );
  });

  it('are all extracted for translation', async function () {
    // The extractor parses every file.
    this.timeout(180_000);
    const extracted = await getL10nJson(
      files.map(({ contents }) => ({ contents, extension: '.ts' })),
    );
    assert.deepEqual(Object.keys(extracted).sort(), keys);
  });

  it('have plural forms that can be formatted', () => {
    const plurals = keys.filter((key) => /,\s*plural\s*,/u.test(key));
    assert.ok(plurals.length > 0);
    for (const key of plurals) {
      for (const count of [0, 1, 2, 1234]) {
        const args = Array.from({ length: 10 }, () => count);
        assert.doesNotMatch(plural(key, ...args), /[{}#]/u, key);
      }
      assert.match(key, /\bother \{/u, `${key} has no form "other"`);
    }
  });
});
