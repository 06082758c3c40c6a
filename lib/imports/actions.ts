"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { applyAndRefresh, undoAndRefresh } from "./mutations";
import { discardImport } from "./mutations/discard";
import { fetchFromServer } from "./mutations/fetch";
import { previewImport } from "./mutations/preview";
import { reinspectImport, uploadFile } from "./mutations/receive";
import {
  fetchInputSchema,
  importIdSchema,
  previewInputSchema,
  reinspectInputSchema,
  undoInputSchema,
  uploadInputSchema,
} from "./schema";

export const submitMapping = defineAction({
  permission: "data:import",
  input: previewInputSchema,
  run: ({ actor, input }) => previewImport(actor, input.importId, input.mapping, clock.now()),
});

export const submitShape = defineAction({
  permission: "data:import",
  input: reinspectInputSchema,
  run: ({ actor, input }) => reinspectImport(actor, input.importId, input.options, clock.now()),
});

export const submitApply = defineAction({
  permission: "data:import",
  input: importIdSchema,
  run: ({ actor, input }) => applyAndRefresh(actor, input.importId, clock.now()),
});

export const submitDiscard = defineAction({
  permission: "data:import",
  input: importIdSchema,
  run: ({ actor, input }) => discardImport(actor, input.importId, clock.now()),
});

export const submitUndo = defineAction({
  permission: "data:import",
  input: undoInputSchema,
  run: ({ actor, input }) => undoAndRefresh(actor, input.importId, input.reason, clock.now()),
});

/** Called by the upload route, which reads the raw body; a server action of its own would be limited to small bodies. */
export const submitUpload = defineAction({
  permission: "data:import",
  input: uploadInputSchema,
  run: ({ actor, input }) => uploadFile(actor, input, clock.now()),
});

/** Another system's rows, as a file that is then mapped and previewed like one that was uploaded. */
export const submitFetch = defineAction({
  permission: "data:import",
  input: fetchInputSchema,
  run: ({ actor, input }) => fetchFromServer(actor, input, clock.now()),
});
