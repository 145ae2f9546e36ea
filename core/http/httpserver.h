// HttpServer: the only file that knows QHttpServer; gives requests to a Router and writes its answers.
// Thread: the one it is made on (a shard's or the control thread). Owner: the front door's owner.
#pragma once

#include "core/flow/httpport.h"
#include "core/http/router.h"

#include <memory>

namespace odin {

class HttpServer final : public HttpPort
{
public:
    explicit HttpServer(std::shared_ptr<const Router> router);
    ~HttpServer() override;

    void serve(QTcpSocket *socket) override;

private:
    class Adapter;
    std::unique_ptr<Adapter> m_adapter;
};

} // namespace odin
