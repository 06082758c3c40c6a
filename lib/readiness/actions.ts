"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as scores from "./mutations/scores";
import * as tasks from "./mutations/tasks";
import { scoreSchema, taskChangeSchema, taskSchema } from "./schema/assessment";

export const scoreCriterion = defineAction({
  permission: "readiness:score",
  input: scoreSchema,
  run: ({ actor, input }) => scores.scoreCriterion(actor, input, clock.now()),
});

export const addTask = defineAction({
  permission: "readiness:score",
  input: taskSchema,
  run: ({ actor, input }) => tasks.addTask(actor, input, clock.now()),
});

export const changeTask = defineAction({
  permission: "readiness:score",
  input: taskChangeSchema,
  run: ({ actor, input }) => tasks.changeTask(actor, input, clock.now()),
});
