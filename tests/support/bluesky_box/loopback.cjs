// Every listener of this process binds 127.0.0.1; the network in a box would else be open to the whole street.
const { Server } = require('net')
const listen = Server.prototype.listen

Server.prototype.listen = function (first, ...rest) {
  if (first !== null && typeof first === 'object') {
    return listen.call(this, first.port === undefined ? first : { ...first, host: '127.0.0.1' }, ...rest)
  }
  if (Number.isNaN(Number(first))) return listen.call(this, first, ...rest)
  const ready = rest.filter((each) => typeof each === 'function')
  return listen.call(this, { port: Number(first), host: '127.0.0.1' }, ...ready)
}
