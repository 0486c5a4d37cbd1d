import * as vscode from 'vscode';
import { isKind } from '../core/errors.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { toTarget } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { probePort } from './portProbe.ts';
import type { ProbeResult } from './portProbe.ts';
import type { SshTarget } from './profile.ts';
import { reportSshWaits } from './sshWaitResults.ts';
import type { EndedWait } from './sshWaitResults.ts';
import { waitForSsh } from './waitForSsh.ts';

interface Wait {
  readonly ref: ServerRef;
  readonly name: string;
  readonly abort: AbortController;
}

type Probe = (target: SshTarget, signal: AbortSignal) => Promise<ProbeResult>;

/**
 * Waits until SSH answers on servers, with one progress notification for all of them. Waits that run together share one
 * message at the end. Ends early where a server is deleted, stopped or signed out.
 */
export class SshWaits implements Disposable {
  readonly #context: CommandContext;
  readonly #probe: Probe;
  readonly #disposables = new DisposableStore();
  readonly #waits = new Map<string, Wait>();
  #ended: EndedWait[] = [];
  #showProgress: (() => void) | undefined;
  #hideProgress: (() => void) | undefined;

  constructor(context: CommandContext, probe?: Probe) {
    const { clock, sessions } = context;
    this.#context = context;
    this.#probe = probe ?? ((target, signal) => probePort(target, { clock, signal }));
    this.#disposables.add(sessions.onDidChange(() => this.#dropUnreachable()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#dropUnreachable()));
  }

  /** False where the port cannot be reached from here: no usable address, a sample address, or only through a jump host. */
  async start(ref: ServerRef): Promise<boolean> {
    const found = toTarget(this.#context.sessions, ref);
    const target = found && (await this.#context.ssh()).targetOf(found);
    if (!found || typeof target !== 'object' || target.jumpHost !== undefined) {
      return false;
    }
    const key = refKey(ref);
    if (!this.#waits.has(key)) {
      const wait: Wait = { ref, name: found.server.name, abort: new AbortController() };
      this.#waits.set(key, wait);
      this.#updateProgress();
      void this.#run(key, wait, target);
    }
    return true;
  }

  dispose(): void {
    this.#cancelAll();
    this.#disposables.dispose();
  }

  async #run(key: string, { ref, abort }: Wait, target: SshTarget): Promise<void> {
    const { log, clock } = this.#context;
    try {
      const { isAnswering } = await waitForSsh(
        (signal) => this.#probe(target, signal),
        clock,
        abort.signal,
      );
      this.#ended.push({ ref, isAnswering, port: target.port });
    } catch (error) {
      if (!isKind(error, 'cancelled')) {
        log.error('Waiting for SSH failed', error);
      }
    }
    this.#waits.delete(key);
    this.#updateProgress();
    if (this.#waits.size === 0) {
      const ended = this.#ended;
      this.#ended = [];
      await reportSshWaits(this.#context, ended, (again) => this.start(again));
    }
  }

  #dropUnreachable(): void {
    for (const { ref, abort } of this.#waits.values()) {
      const server = this.#context.sessions.find(ref)?.server;
      if (!server || server.status === 'stopped' || server.status === 'suspended') {
        abort.abort();
      }
    }
  }

  #cancelAll(): void {
    for (const { abort } of this.#waits.values()) {
      abort.abort();
    }
  }

  #updateProgress(): void {
    if (this.#waits.size === 0) {
      this.#hideProgress?.();
      this.#showProgress = this.#hideProgress = undefined;
    } else if (this.#showProgress) {
      this.#showProgress();
    } else {
      const ended = new Promise<void>((resolve) => (this.#hideProgress = resolve));
      const options = {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Waiting for SSH'),
        cancellable: true,
      };
      void vscode.window.withProgress(options, (progress, token) => {
        token.onCancellationRequested(() => this.#cancelAll());
        this.#showProgress = () => progress.report({ message: this.#progressText() });
        this.#showProgress();
        return ended;
      });
    }
  }

  #progressText(): string {
    const [first, ...others] = this.#waits.values();
    return others.length > 0
      ? plural(vscode.l10n.t('{0, plural, one {# server} other {# servers}}'), others.length + 1)
      : (first?.name ?? '');
  }
}
