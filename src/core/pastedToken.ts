import { isToken } from './apiUrl.ts';
import type { Checked } from './apiUrl.ts';

/** Why a token is invalid. `several`: the text contains more than one. `placeholder`: it is "$NAME" or "<token>". */
export type TokenProblem =
  'empty' | 'hasBlanks' | 'notAscii' | 'tooLong' | 'several' | 'placeholder';

/** More than a copied curl command has. Every step below takes time in proportion to the length. */
const maxLength = 65_536;

/** Headers that are read. The others do not matter: one or several tokens were found by then. */
const maxHeaders = 200;

const quotes = '"\'`';
const isQuote = (character: string | undefined): character is string =>
  character !== undefined && character !== '' && quotes.includes(character);

/** Removes invisible characters. Typographic quotes and blanks become plain ones, because no token contains either. */
function toPlain(text: string): string {
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, '')
    .replace(/[“”„‟«»″]|\\"/gu, '"')
    .replace(/[‘’‚‛′]|\\'/gu, "'")
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/gu, '\n')
    .replace(/[^\S\n]|\u2800/gu, ' ')
    .trim();
}

/** Removes blanks and pairs of quotes around a text, and separators after it: `"abc",` becomes `abc`. */
function unwrap(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end) {
    const first = text[start];
    const last = text[end - 1] ?? '';
    if (' \n,;'.includes(last)) {
      end -= 1;
    } else if (first === ' ' || first === '\n') {
      start += 1;
    } else if (isQuote(first) && first === last) {
      start += 1;
      end -= 1;
    } else {
      break;
    }
  }
  return text.slice(start, Math.max(start, end));
}

const placeholder =
  /^(?:\$\{?[A-Z_][A-Z0-9_]*\}?|\$\{?env:\w+\}?|%[A-Z_][A-Z0-9_]*%|<[^<>]*>|\{\{[^{}]*\}\})$/u;

function checkValue(wrapped: string): Checked<string, TokenProblem> {
  const text = unwrap(wrapped);
  const problem = problemOf(text);
  return problem === undefined ? { ok: true, value: text } : { ok: false, problem };
}

function problemOf(text: string): TokenProblem | undefined {
  if (text === '') {
    return 'empty';
  }
  if (placeholder.test(text)) {
    return 'placeholder';
  }
  if (/\s/u.test(text)) {
    return 'hasBlanks';
  }
  if (text.length > 4096) {
    return 'tooLong';
  }
  return isToken(text) ? undefined : 'notAscii';
}

/** Checks values of which one is the token. Placeholders count only where there is nothing else. */
function checkValues(values: readonly string[]): Checked<string, TokenProblem> {
  const unwrapped = [...new Set(values.map(unwrap))];
  const real = unwrapped.filter((value) => !placeholder.test(value));
  const [value = ''] = real.length > 0 ? real : unwrapped;
  return real.length > 1 ? { ok: false, problem: 'several' } : checkValue(value);
}

const scheme =
  /(?<!\w)(?:bearer|(?<=authorization["'`]?[ ]{0,3}[:=][ ]{0,3}["'`]?)token)\\?(?:[ \n]+|$)/giu;
const nextScheme = /bearer\\?(?:[ \n]|$)/iuy;
/** What stands before the scheme on its line: up to four quotes, of which the first and second enclose the header's name. */
const header = /(?:(["'`]?)authorization(["'`]?)(?: *(?:[:=,]|=>))\\? *)?(["'`]?)$/iu;
/** What may follow a bare token on its line: the end, a continued line, a comment, another command or switch. */
const afterBareValue = /^ *(?:[\\^`]?$|#|\/\/|[-|&>]|https?:)/iu;

/** The values that follow "Bearer", up to the quote that closes the header, or up to a blank. */
function bearerValues(text: string): readonly string[] {
  const values = new Set<string>();
  let count = 0;
  for (const match of text.matchAll(scheme)) {
    count += 1;
    if (count > maxHeaders) {
      break;
    }
    const start = match.index + match[0].length;
    nextScheme.lastIndex = start;
    if (nextScheme.test(text)) {
      continue;
    }
    const [, first, second, third] =
      header.exec(text.slice(Math.max(0, match.index - 40), match.index)) ?? [];
    const opened = [first === second ? '' : first, third, text[start]].filter(isQuote);
    values.add(readBearer(text.slice(start, start + 5000), opened));
  }
  return [...values];
}

function readBearer(text: string, opened: readonly string[]): string {
  let end = isQuote(text[0]) ? 1 : 0;
  while (end < text.length && !/\s/u.test(text[end] ?? '') && !opened.includes(text[end] ?? '')) {
    end += 1;
  }
  const value = text.slice(0, end);
  if (opened.includes(text[end] ?? '')) {
    return value.slice(isQuote(text[0]) ? 1 : 0);
  }
  const [line = '', next = ''] = text.slice(end).split('\n', 2);
  const isWhole =
    !opened.some((quote) => line.includes(quote)) &&
    afterBareValue.test(line) &&
    // A single word on the next line is the rest of a token that was broken in two.
    !(/^[\w./+~=]+$/u.test(next.trim()) && line.trim() === '');
  return isWhole ? value : `${value} ${line}${next}`;
}

/** A name under which a token is stored: "VPS_API_TOKEN", "apiKey", "x-auth". */
const secretName = /(?:token|key|secret|auth|authorization|bearer|pat|credentials?|password)$/iu;
/** The name of an environment variable. A token does not start with capitals and an equals sign. */
const variableName = /^(?:[A-Z]{3,}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)$/u;

const command =
  /^(?:(?:[-*$>%]|PS [^>]{0,200}>) |(?:export|setx?|setenv|declare|typeset|local|readonly|let|const|var|env|-[a-z]{1,2}|--env|--header) |-[eHh](?=["'])|--(?:env|header)=|(?:\$\{?|global:)env:)/iu;
const assigned = /^(["']?)(-{0,2})([A-Za-z_][\w.-]{0,99})\1\}?( *(?::=|=>|=|:) *| +)/u;
const prose = /^[^:=]{1,80}(?:token|key|secret): +(?=\S)/iu;
/** What may follow a quoted value: closing brackets and then the end, a comment, another command or a switch. */
const afterQuotedValue = /^[,;)}\] ]*(?:$|#|\/\/|[&|]|\/m\b|-)/iu;

interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Reads `NAME=token`, `name: token` and the same with a command before it. Undefined if the line may be a token itself. */
function readAssignment(line: string): Assignment | undefined {
  let text = line.trim();
  let isCommand = false;
  for (let match = command.exec(text); match; match = command.exec(text)) {
    text = text.slice(match[0].length).trimStart();
    isCommand = true;
  }
  if (isCommand) {
    // As in `set "NAME=token"` and `-H 'Authorization: token'`.
    text = /^(["'])([^"']*)\1\\?$/u.exec(text)?.[2]?.trim() ?? text;
  }
  text = text.replace(/^[{(] */u, '');
  const sentence = prose.exec(text)?.[0];
  if (sentence !== undefined) {
    return { name: 'token', value: readValue(text.slice(sentence.length)).value };
  }
  const match = assigned.exec(text);
  if (!match) {
    return undefined;
  }
  const [whole, quote, dashes, name = '', separator = ''] = match;
  const operator = separator.trim();
  const { value, isQuoted } = readValue(text.slice(whole.length));
  if (isCommand || quote !== '' || isQuoted) {
    return operator !== '' || isCommand ? { name, value } : undefined;
  }
  if (operator === '') {
    return dashes === '--' ? { name, value } : undefined;
  }
  const isNamed = secretName.test(name) || variableName.test(name);
  if (separator !== operator || dashes !== '') {
    return isNamed ? { name, value } : undefined;
  }
  if (operator === '=' ? value.replaceAll('=', '') === '' : operator === ':') {
    // A token may end in equals signs, and may contain a colon.
    const isUnmistakable = /^(?:[a-z_]*api_?)?(?:token|key)$/iu.test(name);
    return isUnmistakable && !value.startsWith('=') ? { name, value } : undefined;
  }
  return isNamed ? { name, value } : undefined;
}

/** A value in quotes, or bare up to a comment. Whatever else follows becomes part of it, so that it is refused. */
function readValue(text: string): { readonly value: string; readonly isQuoted: boolean } {
  const [quote] = text;
  const end = isQuote(quote) ? text.indexOf(quote, 1) : -1;
  if (end > 0) {
    const rest = text.slice(end + 1);
    return { value: afterQuotedValue.test(rest) ? text.slice(1, end) : text, isQuoted: true };
  }
  const comment = text.search(/ (?:#|\/\/|&&|\/m\b|\\$)/iu);
  const value = comment < 0 ? text : text.slice(0, comment);
  return { value: value.replace(/[)}]$/u, ''), isQuoted: false };
}

/** The values of JSON members that are named like a token; undefined if the text is not JSON. */
function jsonValues(text: string): readonly string[] | undefined {
  if (!text.startsWith('{') && !text.startsWith('[')) {
    return undefined;
  }
  const values: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      if (typeof value === 'string' && secretName.test(key)) {
        values.push(value);
      }
      return value;
    });
  } catch {
    return undefined;
  }
  return values.length > 0 ? values : undefined;
}

/** The values of a file of assignments; undefined if the text is none, or has a line that may be the rest of a token. */
function assignedValues(text: string): readonly string[] | undefined {
  const lines = text
    .split('\n')
    .filter((line) => !/^ *(?:$|#|\/\/|::|rem |[[\](){},;]+ *$)/iu.test(line));
  const assignments: Assignment[] = [];
  for (const line of lines) {
    const assignment = readAssignment(line);
    if (assignment) {
      assignments.push(assignment);
    } else if (lines.length === 1 || /^\S*[^\s:]$/u.test(line.trim())) {
      return undefined;
    }
  }
  const named = assignments.filter(({ name }) => secretName.test(name));
  const values = (named.length > 0 ? named : assignments).map(({ value }) =>
    value.replace(/^bearer +/iu, ''),
  );
  return values.length > 0 ? values : undefined;
}

/**
 * Finds the token in pasted text: alone, in quotes, after "Bearer", in a curl command, or assigned to a name as in a shell, an
 * .env file, YAML or JSON. Removes invisible characters and separators after it. A token is visible ASCII without blanks, so that
 * it can be sent in a header. Refuses text with several tokens. Takes linear time.
 */
export function checkToken(pasted: string): Checked<string, TokenProblem> {
  if (pasted.length > maxLength) {
    return { ok: false, problem: 'tooLong' };
  }
  const text = toPlain(pasted);
  const bearers = bearerValues(unwrap(text));
  const isFound = bearers.some((value) => !placeholder.test(unwrap(value)));
  const others = isFound ? undefined : (jsonValues(text) ?? assignedValues(text));
  return checkValues(others ?? (bearers.length > 0 ? bearers : [text]));
}
