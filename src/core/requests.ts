/** The body of `POST /servers/`. Ids are sent as the integers that the API asks for. */
export interface CreateRequest {
  readonly name: string;
  readonly location: string;
  readonly planId: number;
  readonly osId: number;
  readonly hostname?: string | undefined;
  readonly sshKeyId?: number | undefined;
  readonly backupsEnabled?: boolean | undefined;
}

/** The body of `PUT /servers/{id}/`: all three are required. */
export interface ServerSettings {
  readonly name: string;
  readonly hostname: string;
  readonly backupsEnabled: boolean;
}
