"use server";

import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { recomputeFigure } from "./mutations/recompute";
import { figureIdSchema } from "./schema";

export const recompute = defineAction({
  permission: "figure:recompute",
  input: z.object({ figureId: figureIdSchema }),
  run: ({ actor, input }) => recomputeFigure(actor, input.figureId, clock.now()),
});
