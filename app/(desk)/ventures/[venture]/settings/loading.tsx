import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function VentureSettingsLoading() {
  return <SkeletonLines lines={16} label="The settings are being read" />;
}
