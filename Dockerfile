# A station in a container. The folder of the station is the one volume; everything else is made again.
#
#   docker build -t loa-phuong .
#   docker run --rm -v loa:/station loa-phuong init /station
#   docker run --rm -v loa:/station loa-phuong tls init loa.example.vn --set
#   docker run -d --name loa --restart unless-stopped -v loa:/station -p 8443:8080 loa-phuong
#
# A container has a network of its own, so the station listens at every address there and needs TLS, as above. With a TLS proxy on
# the same host in front: -p 127.0.0.1:8080:8080 -e LOA_ALLOW_REMOTE=1, and never that port to others.
# ffmpeg and eSpeak NG come inside npm packages, under the GPL: see LICENSE.

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN ["npm", "ci", "--ignore-scripts"]
COPY tsconfig.json ./
COPY src ./src
RUN ["npm", "run", "build"]
RUN ["npm", "prune", "--omit=dev", "--ignore-scripts"]

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    LOA_STATION=/station \
    LOA_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY config/templates ./config/templates
RUN ["install", "-d", "-o", "node", "-g", "node", "-m", "0750", "/station"]
USER node
VOLUME ["/station"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["node", "/app/dist/src/cli/loa.js", "status", "/station"]
ENTRYPOINT ["node", "/app/dist/src/cli/loa.js"]
CMD ["serve", "/station"]
