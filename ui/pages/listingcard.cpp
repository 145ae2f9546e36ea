#include "ui/pages/listingcard.h"

#include "core/model/limits.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace odin {

ListingCard::ListingCard(QWidget *parent)
    : Card(QStringLiteral("New listing"), parent), m_token(new QLineEdit(this)), m_price(new QLineEdit(this))
{
    m_token->setPlaceholderText(QStringLiteral("Token"));
    m_token->setAccessibleName(QStringLiteral("Name of the new token"));
    m_token->setMaxLength(limits::tokenIdBytesMax);
    m_price->setPlaceholderText(QStringLiteral("Price, $"));
    m_price->setAccessibleName(QStringLiteral("Price of the new token in US dollars"));
    m_price->setAlignment(Qt::AlignRight);
    m_price->setMaxLength(24);
    auto *list = new QPushButton(QStringLiteral("List"), this);
    auto *fields = new QWidget(this);
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_token, 1);
    row->addWidget(m_price, 1);
    row->addWidget(list);
    addContent(fields, 0);
    connect(list, &QPushButton::clicked, this, &ListingCard::ask);
    connect(m_token, &QLineEdit::returnPressed, this, &ListingCard::ask);
    connect(m_price, &QLineEdit::returnPressed, this, &ListingCard::ask);
}

/// What is no number is 0, which is refused with the bounds of a price.
void ListingCard::ask()
{
    Q_EMIT listingAsked({.token = m_token->text().trimmed().toUtf8(), .price = m_price->text().trimmed().toDouble()});
}

void ListingCard::clear()
{
    m_token->clear();
    m_price->clear();
}

} // namespace odin
