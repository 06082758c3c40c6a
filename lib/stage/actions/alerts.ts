"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import {
  acknowledgeMany,
  muteAlert,
  setAlertSetting,
  snoozeAlert,
  unmuteAlert,
  wakeAlert,
} from "../mutations/alert-care";
import {
  acknowledgeManySchema,
  alertIdSchema,
  alertSettingSchema,
  muteSchema,
  snoozeSchema,
} from "../schema/alert-care";

export const acknowledgeAll = defineAction({
  permission: "alert:acknowledge",
  input: acknowledgeManySchema,
  run: ({ actor, input }) => acknowledgeMany(actor, input, clock.now()),
});

export const snooze = defineAction({
  permission: "alert:acknowledge",
  input: snoozeSchema,
  run: ({ actor, input }) => snoozeAlert(actor, input, clock.now()),
});

export const wake = defineAction({
  permission: "alert:acknowledge",
  input: alertIdSchema,
  run: ({ actor, input }) => wakeAlert(actor, input.alertId, clock.now()),
});

export const mute = defineAction({
  permission: "alert:acknowledge",
  input: muteSchema,
  run: ({ actor, input }) => muteAlert(actor, input, clock.now()),
});

export const unmute = defineAction({
  permission: "alert:acknowledge",
  input: alertIdSchema,
  run: ({ actor, input }) => unmuteAlert(actor, input.alertId, clock.now()),
});

export const setSetting = defineAction({
  permission: "venture:configure",
  input: alertSettingSchema,
  run: ({ actor, input }) => setAlertSetting(actor, input, clock.now()),
});
