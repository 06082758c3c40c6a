"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { orderRealization } from "../mutations/realization";
import { orderRealizationSchema } from "../schema/realization";

export const submitRealizationOrder = defineAction({
  permission: "venture:configure",
  input: orderRealizationSchema,
  run: ({ actor, input }) => orderRealization(actor, input, clock.now()),
});
