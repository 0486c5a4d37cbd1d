/** A plan that can be ordered (`GET /plans/`, a companion endpoint). Prices are US dollars. */
export interface Plan {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly storageGB: number | undefined;
  /** A month's transfer allowance. */
  readonly bandwidthGB: number | undefined;
  readonly priceMonthly: number | undefined;
  readonly priceHourly: number | undefined;
  /** False when it cannot be ordered at the moment. */
  readonly available: boolean;
  /** Datacenter codes; empty when the API names none. */
  readonly locations: readonly string[];
  readonly description: string | undefined;
}
