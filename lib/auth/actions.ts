"use server";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { createAccessToken, revokeAccessToken } from "./access-token";
import * as account from "./account";
import { defineAction } from "./define-action";
import { setVentureGrants } from "./grants";
import * as people from "./mutations";
import { getStepUpMethod } from "./queries";
import * as schema from "./schema";
import { requireStepUp } from "./step-up";

export const changeName = defineAction({
  permission: "account:self",
  input: schema.changeNameSchema,
  run: async ({ actor, input }) => ok(await account.changeName(actor, input.name, clock.now())),
});

export const changePassword = defineAction({
  permission: "account:self",
  input: schema.changePasswordSchema,
  run: ({ actor, input }) => account.changePassword(actor, input, clock.now()),
});

export const stepUp = defineAction({
  permission: "account:self",
  input: schema.stepUpSchema,
  run: ({ actor, input }) => account.stepUp(actor, input, clock.now()),
});

/** What `stepUp` will ask this person for. */
export const stepUpMethod = defineAction({
  permission: "account:self",
  input: schema.nothingSchema,
  run: async ({ actor }) => ok(await getStepUpMethod(actor)),
});

export const beginSecondFactor = defineAction({
  permission: "account:self",
  input: schema.nothingSchema,
  run: async ({ actor }) => {
    requireStepUp(actor, clock.now());
    return await account.beginSecondFactor(actor, clock.now());
  },
});

export const confirmSecondFactor = defineAction({
  permission: "account:self",
  input: schema.codeSchema,
  run: ({ actor, input }) => account.confirmSecondFactor(actor, input.code, clock.now()),
});

export const removeSecondFactor = defineAction({
  permission: "account:self",
  input: schema.nothingSchema,
  run: async ({ actor }) => {
    requireStepUp(actor, clock.now());
    return ok(await account.removeSecondFactor(actor, clock.now()));
  },
});

export const revokeSession = defineAction({
  permission: "account:self",
  input: schema.sessionSchema,
  run: async ({ actor, input }) => ok(await account.revokeOwnSession(actor, input.sessionId, clock.now())),
});

export const revokeOtherSessions = defineAction({
  permission: "account:self",
  input: schema.nothingSchema,
  run: async ({ actor }) => ok(await account.revokeOtherSessions(actor, clock.now())),
});

export const newAccessToken = defineAction({
  permission: "account:self",
  input: schema.newAccessTokenSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return ok(await createAccessToken(actor, input, clock.now()));
  },
});

export const endAccessToken = defineAction({
  permission: "account:self",
  input: schema.accessTokenSchema,
  run: async ({ actor, input }) => ok(await revokeAccessToken(actor, input.tokenId, clock.now())),
});

export const invitePerson = defineAction({
  permission: "people:manage",
  input: schema.invitePersonSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await people.invitePerson(actor, input, clock.now());
  },
});

export const sendNewLink = defineAction({
  permission: "people:manage",
  input: schema.personSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await people.sendNewLink(actor, input.userId, clock.now());
  },
});

export const changeRole = defineAction({
  permission: "people:manage",
  input: schema.changeRoleSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await people.changeRole(actor, input.userId, input.role, clock.now());
  },
});

export const grantVentures = defineAction({
  permission: "people:manage",
  input: schema.grantVenturesSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await setVentureGrants(actor, input, clock.now());
  },
});

export const disablePerson = defineAction({
  permission: "people:manage",
  input: schema.personSchema,
  run: ({ actor, input }) => people.disablePerson(actor, input.userId, clock.now()),
});

export const enablePerson = defineAction({
  permission: "people:manage",
  input: schema.personSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await people.enablePerson(actor, input.userId, clock.now());
  },
});

export const endSessionsOf = defineAction({
  permission: "people:manage",
  input: schema.personSchema,
  run: ({ actor, input }) => people.endSessionsOf(actor, input.userId, clock.now()),
});

export const resetSecondFactor = defineAction({
  permission: "people:manage",
  input: schema.personSchema,
  run: async ({ actor, input }) => {
    requireStepUp(actor, clock.now());
    return await people.resetSecondFactor(actor, input.userId, clock.now());
  },
});
