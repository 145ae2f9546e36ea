// Smart pointers for what OpenSSL gives out. Thread: that of the object behind the pointer. Owner: the pointer.
#pragma once

#include <openssl/ssl.h>

#include <memory>

namespace odin {

template<auto release>
struct OpenSslDelete
{
    template<class T>
    void operator()(T *object) const
    {
        release(object);
    }
};

using BioPtr = std::unique_ptr<BIO, OpenSslDelete<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, OpenSslDelete<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDelete<EVP_PKEY_free>>;
using SslPtr = std::unique_ptr<SSL, OpenSslDelete<SSL_free>>;

} // namespace odin
