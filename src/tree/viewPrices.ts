import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { PriceList, PriceTotal } from '../core/pricing.ts';
import type { Server } from '../core/server.ts';
import type { Settings } from '../host/settings.ts';
import type { PlanCatalog } from '../state/planCatalog.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import { accountTotalText, totalText } from '../text/prices.ts';
import type { PriceTotals } from './rows.ts';
import type { ServersTree } from './serversTree.ts';
import type { ServersView } from './serversView.ts';

export interface ViewPricesOptions {
  readonly tree: Pick<ServersTree, 'showTotals'>;
  readonly view: Pick<ServersView, 'isViewed' | 'onDidChangeViewed'>;
  readonly sessions: Pick<Sessions, 'all' | 'onDidChange' | 'onDidChangeAccounts'>;
  readonly settings: Pick<Settings, 'showPrices' | 'onDidChange'>;
  readonly plans: PlanCatalog;
}

/** Monthly prices in the Servers view. Requests plans only for accounts with servers, while the view is seen and shows prices. */
export class ViewPrices implements PriceTotals, Disposable {
  readonly #options: ViewPricesOptions;
  readonly #disposables = new DisposableStore();
  /** Totals of whole accounts. A store returns the same array until a server changes. */
  readonly #totals = new WeakMap<
    readonly Server[],
    { readonly prices: PriceList; readonly total: PriceTotal }
  >();

  constructor(options: ViewPricesOptions) {
    this.#options = options;
    const { view, sessions, settings, plans } = options;
    this.#disposables.add(plans.onDidChange(() => this.#show()));
    this.#disposables.add(view.onDidChangeViewed(() => this.#request()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#request()));
    this.#disposables.add(
      sessions.onDidChange(({ store }) => {
        this.#request();
        if (!store) {
          // With a new token the old prices are gone.
          this.#show();
        }
      }),
    );
    this.#disposables.add(
      settings.onDidChange((key) => {
        if (key === 'showPrices') {
          this.#request();
          this.#show();
        }
      }),
    );
    this.#request();
    this.#show();
  }

  rowText(session: Session, servers: readonly Server[]): string | undefined {
    const total = this.#totalOf(session, servers);
    return total && totalText(total);
  }

  messageText(session: Session, isFiltered: boolean): string | undefined {
    const total = this.#accountTotal(session);
    return total && accountTotalText(total, session.account.kind === 'sample', isFiltered);
  }

  accountText(session: Session): string | undefined {
    const total = this.#accountTotal(session);
    return total && totalText(total);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Servers that VPS.org counts but does not list are among the unknown ones. */
  #accountTotal(session: Session): PriceTotal | undefined {
    const { servers, load } = session.servers;
    const total = this.#totalOf(session, servers);
    const missing = Math.max(0, load.total - servers.length);
    return total && { ...total, unknown: total.unknown + missing };
  }

  #totalOf(session: Session, servers: readonly Server[]): PriceTotal | undefined {
    const prices = this.#options.plans.pricesOf(session);
    if (!prices) {
      return undefined;
    }
    const known = this.#totals.get(servers);
    if (known?.prices === prices) {
      return known.total;
    }
    const total = prices.totalOf(servers);
    this.#totals.set(servers, { prices, total });
    return total;
  }

  #request(): void {
    const { view, sessions, settings, plans } = this.#options;
    if (!view.isViewed || !settings.showPrices) {
      return;
    }
    for (const session of sessions.all) {
      if (session.servers.servers.length > 0) {
        void plans.request(session);
      }
    }
  }

  #show(): void {
    const { tree, settings } = this.#options;
    tree.showTotals(settings.showPrices ? this : undefined);
  }
}
