import type { Fetch, FetchResponse } from '../../../src/api/fetch.ts';
import { isRedirect } from '../../../src/api/redirect.ts';
import type { Met } from './stage.ts';

/** Knows which requests are on the network, so that a test moves the time only while there is nothing else to wait for. */
export class Tap {
  readonly #met: readonly Met[];
  #sent = 0;
  #underWay = 0;

  constructor(met: readonly Met[]) {
    this.#met = met;
  }

  /** Nothing is under way, or the only thing that is was left without an answer. */
  get isQuiet(): boolean {
    if (this.#underWay === 0) {
      return true;
    }
    const last = this.#met.at(-1);
    const isStalled = last?.fault?.kind === 'hang' || last?.fault?.kind === 'delay';
    const hasArrived = this.#met.length === this.#sent;
    return hasArrived && isStalled && !last.exchange.response.headersSent && !last.exchange.response.destroyed;
  }

  wrap(fetch: Fetch): Fetch {
    return async (url, init) => {
      this.#sent++;
      this.#underWay++;
      let isOver = false;
      const end = (): void => {
        this.#underWay -= isOver ? 0 : 1;
        isOver = true;
      };
      try {
        const response = await fetch(url, init);
        if (isRedirect(response.status)) {
          end();
        }
        return this.#followed(response, end);
      } catch (error) {
        end();
        throw error;
      }
    };
  }

  /** The response, telling when its body is over, one way or another. */
  #followed(response: FetchResponse, end: () => void): FetchResponse {
    const { status, headers, body } = response;
    return {
      status,
      headers,
      body: body && {
        readable: body.readable,
        destroy: () => {
          end();
          body.destroy?.();
        },
      },
      text: () => response.text().finally(end),
    };
  }
}
