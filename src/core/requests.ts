/** An id in a request: a number as the API documents it, or the text that the API has shown instead. */
export type ResourceId = number | string;

/** The body of `POST /servers/`. */
export interface CreateRequest {
  readonly name: string;
  readonly location: string;
  readonly planId: ResourceId;
  readonly osId: ResourceId;
  readonly hostname?: string | undefined;
  readonly sshKeyId?: ResourceId | undefined;
  readonly backupsEnabled?: boolean | undefined;
}

/** The body of `PUT /servers/{id}/`, which requires all three. */
export interface ServerSettings {
  readonly name: string;
  readonly hostname: string;
  readonly backupsEnabled: boolean;
}
