"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { freezePerformance, writeRecommendations } from "./mutations";
import { explainContradictions } from "./mutations/contradictions";
import { writeExitDocument } from "./mutations/exit-documents";
import { noteExport } from "./mutations/exports";
import { exitDocumentSchema, madeExportSchema, ventureInputSchema } from "./schema";
import { explainSchema } from "./schema/contradictions";

export const keepPerformance = defineAction({
  permission: "run:start",
  input: ventureInputSchema,
  run: async ({ actor, input }) => ok(await freezePerformance(actor, input.ventureId, clock.now())),
});

export const recommend = defineAction({
  permission: "run:start",
  input: ventureInputSchema,
  run: async ({ actor, input }) => ok(await writeRecommendations(actor, input.ventureId, clock.now())),
});

/** A document of exit preparation as it stands now; it is stored, and sent to nobody. */
export const writeExit = defineAction({
  permission: "run:start",
  input: exitDocumentSchema,
  run: async ({ actor, input }) => ok(await writeExitDocument(actor, input, clock.now())),
});

/** The values of these contradictions may stand, with the reason; the reports go out again. */
export const explain = defineAction({
  permission: "run:start",
  input: explainSchema,
  run: ({ actor, input }) => explainContradictions(actor, input, clock.now()),
});

/** For the export route; the table's own permission and the venture are asked again where it is noted. */
export const noteMadeExport = defineAction({
  permission: "account:self",
  input: madeExportSchema,
  run: async ({ actor, input }) => ok(await noteExport(actor, input, clock.now())),
});
