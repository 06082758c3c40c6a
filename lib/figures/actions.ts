"use server";

import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { openFigure } from "./mutations/open";
import { recomputeFigure } from "./mutations/recompute";
import { figureAskSchema, figureIdSchema } from "./schema";

export const recompute = defineAction({
  permission: "figure:recompute",
  input: z.object({ figureId: figureIdSchema }),
  run: ({ actor, input }) => recomputeFigure(actor, input.figureId, clock.now()),
});

/** A number of a screen that was not stored yet becomes a stored figure at the moment somebody asks for its proof. */
export const openAsked = defineAction({
  permission: "figure:read",
  input: z.object({ figureId: figureIdSchema, ask: figureAskSchema }),
  run: ({ actor, input }) => openFigure(actor, input.figureId, input.ask, clock.now()),
});
