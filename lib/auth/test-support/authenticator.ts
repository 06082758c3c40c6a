import { Secret, TOTP } from "otpauth";

/** For tests: what a person's phone would show. */
export const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
