import { z } from "zod";
import { ROLES } from "./permissions";
import { PASSWORD_MAX, PASSWORD_MIN } from "./rules";

const email = z.string().trim().toLowerCase().max(254).pipe(z.email("an e-mail address"));
const name = z.string().trim().min(1, "a name").max(120, "at most 120 characters");
const role = z.enum(ROLES);
const userId = z.uuid();
const secretWord = z
  .string()
  .min(1, "a password")
  .max(PASSWORD_MAX * 2);
const code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "the six digits of your authenticator"));

export const nothingSchema = z.strictObject({});
export const credentialsSchema = z.object({
  email,
  password: secretWord,
  code: z.preprocess((value) => (value === "" ? undefined : value), code.optional()),
});
export const invitationSchema = z.object({ token: z.string().min(1).max(200), password: secretWord });

export const invitePersonSchema = z.strictObject({ email, name, role });
export const personSchema = z.strictObject({ userId });
export const changeRoleSchema = z.strictObject({ userId, role });
/** `ventureIds` null takes every limit of a reader away, and every venture from a guest or an administrator. */
export const grantVenturesSchema = z.strictObject({
  userId,
  ventureIds: z.array(z.uuid()).max(5_000).nullable(),
  expected: z.array(z.uuid()).max(5_000),
});

export const changeNameSchema = z.strictObject({ name });
export const changePasswordSchema = z.strictObject({
  current: secretWord,
  next: z
    .string()
    .min(PASSWORD_MIN, `at least ${PASSWORD_MIN} characters`)
    .max(PASSWORD_MAX, `at most ${PASSWORD_MAX} characters`),
});
export const stepUpSchema = z
  .strictObject({ code: code.optional(), password: secretWord.optional() })
  .refine((input) => input.code !== undefined || input.password !== undefined, "a code or a password");
export const codeSchema = z.strictObject({ code });
export const sessionSchema = z.strictObject({ sessionId: z.uuid() });
export const newAccessTokenSchema = z.strictObject({
  name: z.string().trim().min(1, "what it is for").max(80, "at most 80 characters"),
  days: z.number().int().min(1, "1 to 365 days").max(365, "1 to 365 days"),
});
export const accessTokenSchema = z.strictObject({ tokenId: z.uuid() });

export type NewPerson = z.output<typeof invitePersonSchema>;
export type Credentials = z.output<typeof credentialsSchema>;
