"use server";
import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { verifyNow } from "./mutations";

export const verifyAudit = defineAction({
  permission: "audit:verify",
  input: z.strictObject({}),
  run: async () => ok(await verifyNow(clock.now())),
});
