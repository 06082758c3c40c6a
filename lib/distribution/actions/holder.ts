"use server";
import { headers } from "next/headers";
import { clientOf } from "@/lib/auth/client";
import { defineDoorAction } from "@/lib/auth/define-guest";
import { defineHolderAction } from "@/lib/auth/define-holder";
import { dropHolderCookie, keepHolderCookie } from "@/lib/auth/holder-session";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import * as door from "../mutations/records/door";
import * as schema from "../schema/records";

export const askHolderCode = defineDoorAction({
  input: schema.askHolderCodeSchema,
  run: async (input) => door.askHolderCode(input, clientOf(await headers()), clock.now()),
});

export const enterHolder = defineDoorAction({
  input: schema.enterHolderSchema,
  run: async (input) => {
    const entered = await door.enterHolder(input, clientOf(await headers()), clock.now());
    if (!entered.ok) return entered;
    await keepHolderCookie(input.link, entered.value.token, entered.value.expiresAt);
    return ok(null);
  },
});

export const leaveHolder = defineHolderAction({
  input: schema.leaveHolderSchema,
  run: async ({ holder, input }) => {
    await dropHolderCookie(input.link);
    return door.leaveHolder(holder, clock.now());
  },
});

/** For the routes that send the file. */
export const openStatement = defineHolderAction({
  input: schema.holderStatementSchema,
  run: async ({ holder, input }) => ok(await door.showStatement(holder, input.statementId, "opened", clock.now())),
});

export const downloadStatement = defineHolderAction({
  input: schema.holderStatementSchema,
  run: async ({ holder, input }) => ok(await door.showStatement(holder, input.statementId, "downloaded", clock.now())),
});
