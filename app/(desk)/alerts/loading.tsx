import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function AlertsLoading() {
  return <SkeletonLines lines={10} label="The alerts are being read" />;
}
