"use server";
import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { proposeLever } from "@/lib/workflows/lever-proposal";
import { loadBenchmarks, undoBenchmarks } from "./mutations/benchmarks/benchmarks";
import { openCycle, orderCycle } from "./mutations/cycle/cycles";
import { editDriverTree, restoreDriverTree } from "./mutations/drivers/driver-tree";
import { setGroupHolding } from "./mutations/drivers/group-holding";
import { loadChannelSpend } from "./mutations/levers/channel-spend";
import { cycleOrderSchema, proposeLeverSchema } from "./schema";
import { loadBenchmarksSchema, loadChannelSpendSchema, undoBenchmarksSchema } from "./schema/benchmarks";
import { editTreeSchema, groupHoldingSchema, restoreTreeSchema } from "./schema/driver-tree";

export const submitCycle = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: ({ actor, input: { ventureId } }) => openCycle(actor, ventureId, clock.now()),
});

/** Pausing, resuming and cancelling are the chairman's; the mutation asks for that right. */
export const submitCycleOrder = defineAction({
  permission: "run:start",
  input: cycleOrderSchema,
  run: ({ actor, input }) => orderCycle(actor, input, clock.now()),
});

export const submitTreeEdit = defineAction({
  permission: "data:correct",
  input: editTreeSchema,
  run: ({ actor, input }) => editDriverTree(actor, input, clock.now()),
});

export const submitTreeRestore = defineAction({
  permission: "data:correct",
  input: restoreTreeSchema,
  run: ({ actor, input }) => restoreDriverTree(actor, input, clock.now()),
});

export const submitGroupHolding = defineAction({
  permission: "data:correct",
  input: groupHoldingSchema,
  run: ({ actor, input }) => setGroupHolding(actor, input, clock.now()),
});

export const submitBenchmarks = defineAction({
  permission: "data:import",
  input: loadBenchmarksSchema,
  run: ({ actor, input }) => loadBenchmarks(actor, input.csv, clock.now()),
});

export const submitBenchmarksUndo = defineAction({
  permission: "data:import",
  input: undoBenchmarksSchema,
  run: ({ actor, input }) => undoBenchmarks(actor, input.loadId, clock.now()),
});

export const submitChannelSpend = defineAction({
  permission: "data:import",
  input: loadChannelSpendSchema,
  run: ({ actor, input }) => loadChannelSpend(actor, input, clock.now()),
});

export const submitLeverProposal = defineAction({
  permission: "memo:draft",
  input: proposeLeverSchema,
  run: ({ actor, input }) => proposeLever(actor, input, clock.now()),
});
