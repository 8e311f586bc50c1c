#!/bin/sh
# The demo: the sample meetings are heard, asked about and compared, in Chinese and in English.
set -eu
here=$(dirname "$0")

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '$ huimai %s\n' "$*"; huimai "$@"; }

step "1  What works on this machine"
run doctor

step "2  The names that these teams use, so that they are heard and written right"
run glossary import "$here/A_zh_payment_gateway/glossary.toml" --project 支付网关升级
run glossary import "$here/B_en_atlas_mobile/glossary.toml" --project "Atlas mobile app"

step "3  Five recorded meetings are transcribed and indexed (10 minutes of audio; known ones are skipped)"
run ingest "$here/A_zh_payment_gateway/2026-03-02.m4a" "$here/A_zh_payment_gateway/2026-03-09.m4a" \
    "$here/A_zh_payment_gateway/2026-03-16.m4a" --project 支付网关升级 --language zh
run ingest "$here/B_en_atlas_mobile/2026-03-04.m4a" "$here/B_en_atlas_mobile/2026-03-11.m4a" \
    --project "Atlas mobile app" --language en
run meetings

step "4  Who spoke: voices are told apart; named once, with consent, they are known in the later weeks"
first() { huimai meetings --project "$1" --json | sed -n 's/.*"id": "\([0-9a-f]*\)".*/\1/p' | head -n 1; }
run speakers list "$(first 支付网关升级)"
run speakers name "$(first 支付网关升级)" 1=沈岚 2=逯鸣 3=郝子睿 4=綦薇 --consent "all four, for this demo"
run speakers name "$(first "Atlas mobile app")" "1=Priya Raghunathan" "2=Tess Lindqvist" \
    "3=Marcus Oyelaran" "4=Dmitri Sokolenko" --consent "all four, for this demo"
run speakers people 支付网关升级

step "5  The next week, in which nobody was named: it reads with names; and what of it deserves a listen"
second() { huimai meetings --project "$1" --json | sed -n 's/.*"id": "\([0-9a-f]*\)".*/\1/p' | sed -n 2p; }
printf '$ huimai meetings show %s\n' "$(second 支付网关升级)"
huimai meetings show "$(second 支付网关升级)" | head -n 18
run review "$(second 支付网关升级)"

step "6  Search: the words and the second they were said"
run search 证书到期 --project 支付网关升级 --limit 3

step "7  Ask: every claim leads back to the second it was said"
run ask "压测的预算现在是多少？" --project 支付网关升级
run ask "When will the offline sync spec be ready?" --project "Atlas mobile app"

step "8  What holds, since when, and what each word stands on: the dossier, read from the recordings alone"
run dossier 支付网关升级

step "9  What changed from one week to the next, with the words of both sides"
run compare --project 支付网关升级 --week 2026-W11
run compare --project "Atlas mobile app"

if [ "${DEMO_SERVE:-1}" = 0 ]; then
    step "The demo is complete. 'huimai serve' opens the page; 'huimai ask' goes on here."
    exit 0
fi
step "10  The page: ask there, click a citation and hear it. Ctrl-C ends it."
run serve
