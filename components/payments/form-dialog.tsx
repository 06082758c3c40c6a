"use client";

import { FormDialog as Form, type FormDialogProps } from "@/components/ui/form-dialog";
import { PaymentProblem } from "./problem";

/** A form about money in a dialog. */
export function FormDialog(props: Omit<FormDialogProps, "problem">) {
  return <Form {...props} problem={(code, problems) => <PaymentProblem code={code} problems={problems} />} />;
}
