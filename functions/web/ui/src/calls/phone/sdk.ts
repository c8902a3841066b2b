// The part of Twilio's voice SDK that the inbox uses, and where it comes from: loaded only by those who talk here.

/** An incoming leg. https://www.twilio.com/docs/voice/sdks/javascript/twiliocall */
export interface SdkCall {
  readonly parameters: Readonly<Record<string, string>>;
  readonly customParameters: ReadonlyMap<string, string>;
  accept(): void;
  reject(): void;
  disconnect(): void;
  mute(on?: boolean): void;
  isMuted(): boolean;
  sendDigits(digits: string): void;
  on(event: "accept" | "disconnect" | "cancel" | "reject", listener: () => void): unknown;
  on(event: "error", listener: (error: SdkError) => void): unknown;
}

export interface SdkError {
  code?: number;
  message?: string;
}

/** https://www.twilio.com/docs/voice/sdks/javascript/twiliodevice */
export interface SdkDevice {
  register(): Promise<void>;
  updateToken(token: string): void;
  destroy(): void;
  /** Absent where a browser cannot choose, and in the simulator's phone. */
  readonly audio?: SdkAudio | null;
  on(event: "registered" | "unregistered" | "registering" | "tokenWillExpire", listener: () => void): unknown;
  on(event: "incoming", listener: (call: SdkCall) => void): unknown;
  on(event: "error", listener: (error: SdkError) => void): unknown;
}

export interface SdkAudio {
  readonly isOutputSelectionSupported: boolean;
  readonly speakerDevices: { set(ids: string | string[]): Promise<void> };
  incoming(on?: boolean): boolean;
}

export interface SdkOptions {
  closeProtection: string;
  tokenRefreshMs: number;
  logLevel: "error";
}

export interface Sdk {
  Device: new (token: string, options: SdkOptions) => SdkDevice;
}

/** `path` is the deployment's own module, on this origin; without one Twilio's is fetched from the build. */
export function loadSdk(path: string): Promise<Sdk> {
  return fetched(path).catch(() => {
    throw new Error("The program of the phone could not be loaded.");
  });
}

async function fetched(path: string): Promise<Sdk> {
  if (path.startsWith("/") && !path.startsWith("//")) return import(/* @vite-ignore */ path);
  const { Device } = await import("@twilio/voice-sdk");
  return { Device: Device as unknown as Sdk["Device"] };
}
