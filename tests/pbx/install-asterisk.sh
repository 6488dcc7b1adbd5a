#!/usr/bin/env bash
# Puts a real Asterisk 22 into a folder of its own, once: AMIWS_PBX_ROOT, by default /var/cache/amiws-cdr-pbx.
set -euo pipefail
root=${AMIWS_PBX_ROOT:-/var/cache/amiws-cdr-pbx}
if [ -x "$root/usr/sbin/asterisk" ] && [ -e "$root/.complete" ]; then
  exit 0
fi
rm -rf "$root"
debootstrap --variant=minbase --include=asterisk sid "$root"
for device in null zero random urandom; do
  [ -e "$root/dev/$device" ] || cp -a "/dev/$device" "$root/dev/$device"
done
touch "$root/.complete"
