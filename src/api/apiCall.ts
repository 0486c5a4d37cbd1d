import { isKind } from '../core/errors.ts';
import { isRecord } from '../core/json.ts';
import type { RedactText } from '../core/redact.ts';
import { redactJson } from '../core/redactJson.ts';
import { clamp } from '../core/text.ts';
import type { ReportIssue, ToItem } from './decode/fields.ts';
import { IssueLog, Issues } from './decode/issueLog.ts';
import { mapEntries } from './decode/list.ts';
import type { MappedList } from './decode/list.ts';
import { fetchEntries } from './decode/pages.ts';
import type { Entries, JsonReply, ListReply } from './decode/pages.ts';
import type { Reply } from './http/attempt.ts';
import { isMarkup, readJson, readJsonList } from './http/body.ts';
import { badResponse, describe } from './http/failure.ts';
import { maxMessageLength, messageText } from './http/messageText.ts';
import type { ApiRequest } from './http/request.ts';
import type { ApiLog, CallOptions, Transport } from './http/transport.ts';

/** Sends the requests of the resource files and reads the replies. One per token. */
export class ApiCall {
  readonly #transport: Transport;
  readonly #log: ApiLog;
  readonly #issues: IssueLog;

  constructor(transport: Transport, log: ApiLog) {
    this.#transport = transport;
    this.#log = log;
    this.#issues = new IssueLog(log);
  }

  /** Removes the token from text of a reply. */
  get redactText(): RedactText {
    return this.#transport.redactText;
  }

  /** Removes nothing but the token, in any form. */
  get redactToken(): RedactText {
    return this.#transport.redactToken;
  }

  /**
   * Sends a request whose reply must have a JSON body.
   *
   * @throws AppError, `badResponse` for a body that is no JSON or cannot be read to its end
   */
  async json(request: ApiRequest, options?: CallOptions): Promise<JsonReply> {
    const { status, url, body } = await this.#transport.send(request, options);
    if ('error' in body) {
      throw body.error;
    }
    const parsed = await readJson(body.text.toString());
    if (!parsed.ok) {
      throw badResponse(request, parsed.reason, status);
    }
    return { status, url, body: this.#withoutToken(parsed.value) };
  }

  /**
   * Sends a change. A good status means that it took effect, unless the body shows that something other than the API
   * answered: the sign-in page of a hotel network returns 200 to everything.
   *
   * @throws AppError, `badResponse` (`notJson`, `tooLarge`) for such a body
   */
  async change(request: ApiRequest, options?: CallOptions): Promise<Reply> {
    const reply = await this.#transport.send(request, options);
    if ('error' in reply.body) {
      const { error } = reply.body;
      if (isKind(error, 'badResponse') && error.reason !== 'truncated') {
        throw error;
      }
    } else if (isMarkup(reply.body.text.toString())) {
      throw badResponse(request, 'notJson', reply.status);
    }
    return reply;
  }

  /**
   * Sends a change and returns its JSON body. Undefined for an empty body and, with a warning, for an unreadable one: an
   * error would make people repeat a change that took effect.
   *
   * @throws AppError as `change`
   */
  async changeJson(request: ApiRequest, options?: CallOptions): Promise<unknown> {
    const { status, body } = await this.change(request, options);
    const parsed = 'text' in body ? await readJson(body.text.toString()) : undefined;
    if (parsed?.ok) {
      return this.#withoutToken(parsed.value);
    }
    if (parsed?.reason !== 'empty') {
      this.#log.warn(describe(request, `answered ${status}, but its body cannot be used`));
    }
    return undefined;
  }

  /** A token in a reply, say as the name of a server, would get into views, the clipboard and the cache. */
  #withoutToken(json: unknown): unknown {
    const { redactToken } = this.#transport;
    const text = JSON.stringify(json);
    return redactToken(text) === text ? json : redactJson(json, redactToken);
  }

  /** Fetches all pages of a list and maps its entries. */
  async list<T extends { readonly id: string }>(
    request: ApiRequest,
    toItem: ToItem<T>,
    options?: CallOptions,
  ): Promise<MappedList<T> & Pick<Entries, 'dateMs'>> {
    const entries = await fetchEntries(request, {
      fetchPage: (page, count) => this.#page(page, count, options),
      warn: (text) => this.#log.warn(text),
    });
    const issues = new Issues();
    const list = await mapEntries(entries, toItem, issues);
    if (list === undefined) {
      throw badResponse(request, 'notJson', undefined);
    }
    this.#issues.write(request, issues);
    return { ...list, dateMs: entries.dateMs };
  }

  /** As `json`, for a page of a list. */
  async #page(request: ApiRequest, maxEntries: number, options?: CallOptions): Promise<ListReply> {
    const { status, url, dateMs, body } = await this.#transport.send(request, options);
    if ('error' in body) {
      throw body.error;
    }
    // Lists are long, and searched for the plain token only.
    const text = this.#transport.redactPlainToken(body.text);
    const parsed = await readJsonList(text, maxEntries);
    if (!parsed.ok) {
      throw badResponse(request, parsed.reason, status);
    }
    const { value, list } = parsed;
    return { status, url, body: value, list, units: body.text.length, dateMs };
  }

  /** Runs `map` and logs the issues that it reports. */
  read<T>(request: ApiRequest, map: (reportIssue: ReportIssue) => T): T {
    const issues = new Issues();
    const result = map(issues.add);
    this.#issues.write(request, issues);
    return result;
  }

  /** As `read`, for a reply about the server `id`: undefined where the reply is about another one. */
  readAbout<T extends { readonly id: string }>(
    id: string,
    request: ApiRequest,
    map: (reportIssue: ReportIssue) => T | undefined,
  ): T | undefined {
    return this.read(request, (reportIssue) => {
      const result = map(reportIssue);
      if (result === undefined || result.id === id) {
        return result;
      }
      reportIssue('id');
      return undefined;
    });
  }

  /** The `message` of a reply as one line of plain text; undefined without one. */
  messageOf(body: unknown): string | undefined {
    const message = isRecord(body) && typeof body.message === 'string' ? body.message : '';
    return clamp(messageText(message, this.redactText), maxMessageLength) || undefined;
  }
}

/** Undefined where an optional endpoint is not available to this token: 403, 404, 405 and 501. Not an error. */
export async function ifAvailable<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    // Whoever answered: a gateway that does not know the path is as good a reason.
    if (
      isKind(error, 'forbidden', 'notFound', 'conflict', 'server', 'badResponse') &&
      [403, 404, 405, 501].includes(error.status ?? 0)
    ) {
      return undefined;
    }
    throw error;
  }
}
