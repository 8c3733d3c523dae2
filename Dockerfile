# Two images from one file: `application` (call-control, api, worker, prepare) and `asterisk`.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# A lock made on one platform may lack another one's optional packages, which `npm ci` refuses.
RUN npm ci --no-audit --no-fund || npm install --no-save --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
RUN node node_modules/@typescript/native/bin/tsc -p src \
  && node node_modules/vite/bin/vite.js build --config src/console/vite.config.ts \
  && node src/runtime/compress-console.mjs \
  && npm prune --omit=dev --no-audit --no-fund

FROM node:20-bookworm-slim AS application
RUN apt-get update \
  && apt-get install -y --no-install-recommends espeak-ng sox fonts-babelstone-han \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --user-group --no-create-home yihaotong \
  && install -d -o yihaotong -g yihaotong -m 0700 /data /asterisk /recordings /prompts
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY migrations migrations
COPY asterisk-config asterisk-config
USER 10001
ENTRYPOINT ["node", "--enable-source-maps", "dist/main.js"]
CMD ["help"]

# Debian 12 has no Asterisk; its next suites have the 22 that is wanted.
FROM debian:forky-slim AS asterisk
RUN apt-get -o Acquire::Check-Valid-Until=false update \
  && apt-get install -y --no-install-recommends asterisk asterisk-modules asterisk-core-sounds-en-wav asterisk-moh-opsound-wav \
  && rm -rf /var/lib/apt/lists/* \
  && asterisk -V | grep -E '^Asterisk 22\.(1[1-9]|10\.[1-9]|[2-9][0-9])' \
  && mkdir -p /usr/lib/asterisk \
  && ln -sfn /usr/lib/*-linux-gnu*/asterisk/modules /usr/lib/asterisk/modules \
  && useradd --uid 10001 --user-group --no-create-home yihaotong \
  && install -d -o yihaotong -g yihaotong -m 0700 /asterisk /recordings /prompts
USER 10001
WORKDIR /asterisk
# Browsers are told the outside address instead of the bridge's own, which is known only here.
ENTRYPOINT ["sh", "-c", "printf '[ice_host_candidates]\\n%s => %s\\n' \"$(hostname -i | cut -d' ' -f1)\" \"$EXTERNAL_ADDRESS\" > /asterisk/etc/ice.conf; exec asterisk -C /asterisk/etc/asterisk.conf -f -n"]
