/** A plan from `GET /plans/`. Prices are US dollars. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly storageGB: number | undefined;
  /** Monthly transfer allowance. */
  readonly bandwidthGB: number | undefined;
  readonly priceMonthly: number | undefined;
  readonly priceHourly: number | undefined;
  /** False where it cannot be ordered at the moment. */
  readonly available: boolean;
  /** Datacenter codes; empty where the API returns none. */
  readonly locations: readonly string[];
}
