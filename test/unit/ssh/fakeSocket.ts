import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** A socket of which a test decides what happens. */
export class FakeSocket extends EventEmitter {
  isDestroyed = false;

  destroy(): this {
    this.isDestroyed = true;
    return this;
  }

  receive(text: string): void {
    this.emit('data', Buffer.from(text, 'latin1'));
  }

  fail(code: string): void {
    this.emit('error', Object.assign(new Error(code), { code }));
    this.emit('close');
  }

  asSocket(): Socket {
    return this as unknown as Socket;
  }
}
